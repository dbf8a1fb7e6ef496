mod offline;
mod planner;
mod understanding;
