//! The `travel-agent` binary.

fn main() -> std::process::ExitCode {
    web::command::main()
}
