mod packages;
