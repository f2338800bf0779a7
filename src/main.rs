//! The `kawaraban` program: its command line, and nothing else.

use std::process::ExitCode;

/// Tables are read, and pages written, by several threads. glibc's allocator keeps what a thread
/// has freed for that thread, which at 10,000 measures is a sixth of a build's memory.
#[cfg(all(feature = "jemalloc", unix, target_pointer_width = "64"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    kawaraban::cli::run()
}
