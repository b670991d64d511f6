"""Verifies and parses webhooks with the client library of others: lines {"body", "signature"} on a file → {"event", "order", "error"}."""

import json
import sys
from pathlib import Path

from tiktok_shop_api.webhooks import UnknownWebhookEvent, Webhooks, WebhookSignatureError

app_key, app_secret, file = sys.argv[1:]
for line in Path(file).read_text("utf-8").splitlines():
    one = json.loads(line)
    try:
        event = Webhooks.verify_and_parse(app_key=app_key, app_secret=app_secret, raw_body=one["body"], signature=one["signature"])
    except WebhookSignatureError:
        print(json.dumps({"error": "signature"}))
    except ValueError as error:
        print(json.dumps({"error": str(error)}))
    else:
        known = not isinstance(event, UnknownWebhookEvent)
        data = event.to_dict().get("data", {}) if known else {}
        told = {"event": type(event).__name__, "order": data.get("order_id"), "packages": data.get("package_list")}
        print(json.dumps(told | {"id": event.to_dict().get("tts_notification_id") if known else None}))
