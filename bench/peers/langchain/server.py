"""The same chat on LangChain: FastAPI, an agent with one tool, spans over OTLP.

One process, as `uvicorn` starts it: a second one would halve no message's processor time.
"""

import json
import os
import socket
from contextlib import asynccontextmanager

# What people say stays out of spans, as it does in the other servers.
os.environ.setdefault("TRACELOOP_TRACE_CONTENT", "false")

import uvicorn
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from grpc import Compression
from langchain.agents import create_agent
from langchain_core.messages import AIMessageChunk
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
from opentelemetry.instrumentation.langchain import LangchainInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from pydantic import BaseModel

SYSTEM = (
    "You are a travel agent. You help people to find flights, and answer in the language of their message. "
    "Search before you speak of flights. Ask when the place or the day is missing. Be brief."
)
OFFERS = {
    "offers": [
        {"id": "off_1", "carrier": "AF", "departing_at": "10:15", "arriving_at": "13:05", "stops": 0, "total": "512.00 EUR"},
        {"id": "off_2", "carrier": "LH", "departing_at": "06:30", "arriving_at": "12:40", "stops": 1, "total": "438.00 EUR"},
    ]
}


class ChatRequest(BaseModel):
    message: str
    stream: bool = False


class ChatAnswer(BaseModel):
    reply: str
    status: str = "ok"


@tool
async def search_flights(departure: str, arrival: str, date: str, adults: int) -> str:
    """Search flights between two places (IATA codes) on a day (YYYY-MM-DD); offers, cheapest first."""
    return json.dumps(OFFERS)


def export_spans():
    """Batches as large and as often as those of the other servers."""
    if "OTLP_ENDPOINT" not in os.environ:
        return
    provider = TracerProvider(resource=Resource.create({"service.name": "langchain"}))
    exporter = OTLPSpanExporter(f"http://{os.environ['OTLP_ENDPOINT']}", insecure=True, compression=Compression.Gzip)
    provider.add_span_processor(
        BatchSpanProcessor(exporter, max_queue_size=2048, schedule_delay_millis=1000, max_export_batch_size=512)
    )
    trace.set_tracer_provider(provider)
    LangchainInstrumentor().instrument()
    FastAPIInstrumentor.instrument_app(app, exclude_spans=["send", "receive"])


host, port = os.environ.get("BIND_ADDR", "127.0.0.1:0").rsplit(":", 1)
listener = socket.create_server((host, int(port)), backlog=4096)


@asynccontextmanager
async def lifespan(_):
    print("listening on http://%s:%d" % listener.getsockname(), flush=True)
    yield


app = FastAPI(lifespan=lifespan)
model = ChatOpenAI(model="scripted", base_url=os.environ["LLM_BASE_URL"], api_key="none")
agent = create_agent(model, tools=[search_flights], system_prompt=SYSTEM)


@app.post("/api/chat")
async def chat(request: ChatRequest):
    asked = {"messages": [{"role": "user", "content": request.message}]}
    if request.stream:
        return StreamingResponse(events(asked), media_type="text/event-stream")
    answered = await agent.ainvoke(asked)
    return ChatAnswer(reply=answered["messages"][-1].text)


async def events(asked):
    reply = ""
    async for message, _ in agent.astream(asked, stream_mode="messages"):
        if isinstance(message, AIMessageChunk) and message.text:
            reply += message.text
            yield event("delta", {"text": message.text})
    yield event("completed", ChatAnswer(reply=reply).model_dump())


def event(name, data):
    return f"event: {name}\ndata: {json.dumps(data, separators=(',', ':'))}\n\n"


if __name__ == "__main__":
    export_spans()
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])
