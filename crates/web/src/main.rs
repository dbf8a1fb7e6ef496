//! The `travel-agent` binary.

/// Gives freed memory back to the system, which glibc's arenas do not
/// (docs/adr/0019-memory-goes-back.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    web::command::main()
}
