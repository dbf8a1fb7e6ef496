//! The `travel-agent` binary.

/// Gives freed memory back to the system, which glibc's arenas do not
/// (docs/adr/0019-memory-goes-back.md).
#[cfg(all(feature = "jemalloc", not(target_env = "msvc")))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> std::process::ExitCode {
    web::command::main()
}
