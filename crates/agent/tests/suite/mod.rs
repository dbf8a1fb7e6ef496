mod offline;
mod planner;
