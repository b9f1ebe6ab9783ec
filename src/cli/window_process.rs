//! Where the window runs: on Windows in a process without a console.
//!
//! A program of the Windows "GUI subsystem" has nowhere to print, and a command prompt does not wait for it, so that
//! `check` would lose its words and its exit status. A program of the "console subsystem" gets a black window of its
//! own when it is started from the desktop. Cover Rota is of the latter kind, and begins its window in a second
//! process that has no console; the first one ends at once, and its console with it.

/// Whether the window was handed over to another process, so that this one is done.
#[cfg(all(windows, not(debug_assertions)))]
pub fn is_handed_over() -> bool {
    use std::os::windows::process::CommandExt;
    const DETACHED_PROCESS: u32 = 0x0000_0008;
    const MARK: &str = "COVER_ROTA_WITHOUT_CONSOLE";
    if std::env::var_os(MARK).is_some() {
        return false;
    }
    // Where that fails the window opens here, console and all.
    std::env::current_exe().is_ok_and(|program| {
        let mut command = std::process::Command::new(program);
        command.args(std::env::args_os().skip(1)).env(MARK, "1").creation_flags(DETACHED_PROCESS);
        command.spawn().is_ok()
    })
}

/// Whether the window was handed over to another process: nowhere but on Windows, and not while developing.
#[cfg(not(all(windows, not(debug_assertions))))]
pub fn is_handed_over() -> bool {
    false
}
