import base64, hashlib, hmac, json, os
from fastapi import FastAPI, HTTPException, Request

SECRET = os.environ["GALLABOX_WEBHOOK_SECRET"].encode()
app = FastAPI()

async def verified_body(request: Request) -> bytes:
    raw_body = b""
    async for chunk in request.stream():  # Not request.json(): Gallabox signs the bytes.
        raw_body += chunk
        if len(raw_body) > 1_048_576:
            raise HTTPException(413)
    expected = base64.b64encode(hmac.digest(SECRET, raw_body, hashlib.sha256))
    signature = request.headers.get("x-gallabox-signature", "").encode()
    if not (SECRET and hmac.compare_digest(signature, expected)):
        raise HTTPException(401)
    return raw_body

@app.post("/webhooks/gallabox")
async def receive(request: Request):
    try:
        print(request.headers.get("x-event-name"), json.loads(await verified_body(request)))
    except (ValueError, RecursionError):
        raise HTTPException(400)
