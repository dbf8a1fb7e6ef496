mod bad_input;
mod dates;
mod equalities;
mod problem;
mod server;
mod visitor;
