mod equalities;
mod server;
mod visitor;
