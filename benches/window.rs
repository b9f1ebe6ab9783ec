//! Start to first frame, and memory with a rota open beside an empty window, measured on the real program.
//!
//! `cargo bench --bench window` wants a display (`xvfb-run -a cargo bench --bench window` where there is none) and
//! prints a table. The program is started from outside; its first frame is seen by a file that it removes then.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use cover_rota::file::{self, Header};

mod sizes;

const RUNS: usize = 5;
const PATIENCE: Duration = Duration::from_secs(30);

fn main() {
    if std::env::args().any(|arg| arg == "--empty-window") {
        empty_window();
        return;
    }
    if cfg!(target_os = "linux")
        && std::env::var_os("DISPLAY").is_none()
        && std::env::var_os("WAYLAND_DISPLAY").is_none()
    {
        println!("no display: run it as `xvfb-run -a cargo bench --bench window`");
        return;
    }
    let dir = tempfile::tempdir().expect("a folder for the measurement");
    let rota = dir.path().join("large.ron");
    let large = sizes::rota(sizes::L);
    std::fs::write(&rota, file::write(&large, &Header::default())).expect("a rota to open");

    let mut starts = Vec::new();
    let mut with_rota = Vec::new();
    let mut empty = Vec::new();
    for _ in 0..RUNS {
        let (took, memory) = measure_program(dir.path(), &rota);
        starts.push(took);
        with_rota.extend(memory);
        empty.extend(measure_empty());
    }
    println!("| what | must | measured (median of {RUNS}) |");
    println!("|---|---|---|");
    println!("| start to first frame | 0.1 s | {:.2} s |", median(&mut starts));
    if let (false, false) = (with_rota.is_empty(), empty.is_empty()) {
        let (with_rota, empty) = (median(&mut with_rota), median(&mut empty));
        let above = with_rota - empty;
        println!(
            "| memory, L open | 25 MB above an empty window | {above:.0} MB above ({with_rota:.0} MB; empty {empty:.0} MB) |"
        );
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Starts the program on the rota: seconds to the first frame, and resident megabytes a little later.
fn measure_program(dir: &Path, rota: &Path) -> (f64, Option<f64>) {
    let data = dir.join("data");
    let began = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_cover-rota"))
        .arg("--renderer")
        .arg("glow")
        .arg(rota)
        .env("XDG_DATA_HOME", &data)
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let trying = data.join("cover-rota").join("renderer-trying");
    wait_for(&trying, true);
    wait_for(&trying, false);
    let took = began.elapsed().as_secs_f64();
    std::thread::sleep(Duration::from_millis(1500));
    let memory = resident_megabytes(&child);
    end(&mut child);
    (took, memory)
}

fn measure_empty() -> Option<f64> {
    let this = std::env::current_exe().ok()?;
    let mut child = Command::new(this)
        .arg("--empty-window")
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    std::thread::sleep(Duration::from_millis(2500));
    let memory = resident_megabytes(&child);
    end(&mut child);
    memory
}

fn wait_for(path: &Path, there: bool) {
    let began = Instant::now();
    while path.exists() != there {
        assert!(began.elapsed() < PATIENCE, "no first frame within {PATIENCE:?}");
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// Linux only: elsewhere the line is left out of the table.
fn resident_megabytes(child: &Child) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

fn empty_window() {
    struct Empty;
    impl eframe::App for Empty {
        fn ui(&mut self, _ui: &mut egui::Ui, _frame: &mut eframe::Frame) {}
    }
    let options = eframe::NativeOptions {
        renderer: eframe::Renderer::Glow,
        viewport: egui::ViewportBuilder::default().with_inner_size([1366.0, 696.0]),
        ..Default::default()
    };
    let run = eframe::run_native("empty", options, Box::new(|_| Ok(Box::new(Empty))));
    run.expect("an empty window opens");
}
