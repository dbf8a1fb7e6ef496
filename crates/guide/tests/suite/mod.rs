mod packages;
mod suggestions;
