//! How long opening and saving take: `cargo bench --bench file` prints the table.
//!
//! Opening is reading, parsing and the seal; saving is everything that `file::save` does, to a real disk: serialise,
//! parse back, look at the target, write, sync, rename, read back.

mod sizes;

use std::time::{Duration, Instant};

use cover_rota::file::{self, Header, Over, RealDisk};
use sizes::{L, S, XL};

const TIMES: usize = 15;

fn main() {
    println!("| what | must | median | slowest of {TIMES} |");
    println!("|---|---|---|---|");
    let dir = tempfile::tempdir().expect("a folder");
    for (size, open_ms, save_ms) in [(S, "", ""), (L, "5 ms", "10 ms"), (XL, "", "")] {
        let rota = sizes::rota(size);
        let path = dir.path().join(format!("{}.ron", size.name));
        let header = Header::new_document(7);
        let save = || {
            file::save(&RealDisk, &path, &rota, &header, Over::Anything).expect("it is saved");
        };
        save();
        let bytes = std::fs::metadata(&path).expect("it is there").len() / 1024;
        row(&format!("open, {} ({bytes} kB)", size.name), open_ms, || {
            let opened = file::open(&RealDisk, &path).expect("it is sound");
            assert_eq!(opened.opened.sealed, Some(true));
        });
        row(&format!("save, {}", size.name), save_ms, save);
    }
}

fn row(what: &str, must: &str, mut run: impl FnMut()) {
    let mut times: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let began = Instant::now();
            run();
            began.elapsed()
        })
        .collect();
    times.sort();
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    println!("| {what} | {must} | {:.1} ms | {:.1} ms |", ms(times[TIMES / 2]), ms(times[TIMES - 1]));
}
