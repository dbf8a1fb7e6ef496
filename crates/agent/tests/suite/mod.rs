mod understanding;
