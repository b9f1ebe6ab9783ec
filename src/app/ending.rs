//! When the system ends the program, or the display dies: what was not yet kept is kept first.

use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};
use std::time::Duration;

use super::jobs::Wake;
use super::recovery::Flush;

/// So long the window has to close by itself once its work is kept.
const CLOSE_WITHIN: Duration = Duration::from_secs(3);

thread_local! {
    /// A library that loses its display ends the program from the window's thread, without coming back to us. What
    /// belongs to that thread is dropped then.
    static WINDOW: RefCell<Option<KeepFirst>> = const { RefCell::new(None) };
}

/// Keeps what waits when it is dropped.
struct KeepFirst(Flush);

impl Drop for KeepFirst {
    fn drop(&mut self) {
        self.0.now();
    }
}

/// Whom to tell when the system asks for the end: the window that is open now.
static LISTENING: Mutex<Option<Listener>> = Mutex::new(None);

struct Listener {
    flush: Flush,
    is_ending: Arc<AtomicBool>,
    wake: Wake,
}

/// Sees to it, from the window's thread, that all work is kept before the program ends, however it ends. Gives what is
/// set once the system has asked for the end: the window is to close then, without a question.
pub(super) fn keep_first(flush: Flush, wake: Wake) -> Arc<AtomicBool> {
    static IS_SET: Once = Once::new();
    WINDOW.with(|window| *window.borrow_mut() = Some(KeepFirst(flush.clone())));
    let is_ending = Arc::new(AtomicBool::new(false));
    *listening() = Some(Listener { flush, is_ending: Arc::clone(&is_ending), wake });
    IS_SET.call_once(|| {
        // Where the system lets nobody listen, work is kept all the same, two seconds later.
        listen();
    });
    is_ending
}

/// Waits for the system to ask for the end, on a thread of its own. Windows asks the window itself.
#[cfg(unix)]
fn listen() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM]) else { return };
    let wait = move || {
        if signals.forever().next().is_some() {
            end();
        }
    };
    let _ = std::thread::Builder::new().name("ending".to_owned()).spawn(wait);
}

#[cfg(not(unix))]
fn listen() {}

fn listening() -> MutexGuard<'static, Option<Listener>> {
    LISTENING.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(unix)]
fn end() {
    if let Some(listener) = listening().as_ref() {
        listener.flush.now();
        listener.is_ending.store(true, Ordering::Relaxed);
        (listener.wake)();
    }
    std::thread::sleep(CLOSE_WITHIN);
    // The window's thread does not answer; its work is kept.
    std::process::exit(1);
}
