mod anthropic;
mod assemble;
mod openai;
