"""The other peer of the ticker: FastAPI's StreamingResponse with a generator that yields as fast as it can."""

import asyncio
import json
import random

import uvicorn
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


@app.get("/stream/stock-ticker")
async def stock_ticker():
    async def quotes():
        price = 180.0
        sent = 0
        while True:
            price = max(1, price + random.random() - 0.5)
            quote = {"stock": "AAPL", "price": round(price, 2), "change": round(price - 180, 2)}
            yield f"data: {json.dumps(quote)}\n\n"
            sent += 1
            # A generator that never waits would not be ended when its client leaves, and the server would answer no more.
            if sent % 100 == 0:
                await asyncio.sleep(0)

    return StreamingResponse(quotes(), media_type="text/event-stream", headers={"Cache-Control": "no-cache"})


uvicorn.run(app, host="127.0.0.1", port=0)
