"""Pinterest's own client against our stand-in: runs in a Python of its own, as it wants an urllib3 older than ours.

Reads `{"url", "token", "app", "secret", "refresh", "board", "data"}` from its input, and writes what it saw as JSON.
"""

import json
import os
import sys
from datetime import UTC, datetime, timedelta


def main(told):
    os.environ["PINTEREST_API_URI"] = told["url"] + "/v5"
    from openapi_generated.pinterest_client.api.pins_api import PinsApi
    from openapi_generated.pinterest_client.api.user_account_api import UserAccountApi
    from pinterest.client import PinterestSDKClient
    from pinterest.organic.boards import Board
    from pinterest.organic.pins import Pin
    from pinterest.utils.refresh_access_token import get_new_access_token

    client = PinterestSDKClient.create_client_with_token(told["token"])
    fresh = get_new_access_token(told["app"], told["secret"], told["refresh"], told["url"] + "/v5")
    boards, _ = Board.get_all(client=client)
    source = {"source_type": "image_base64", "content_type": "image/jpeg", "data": told["data"]}
    words = {
        "title": "Calm feet",
        "description": "Feet are wide.",
        "alt_text": "Words.",
        "link": "https://example.com/",
    }
    pin = Pin.create(board_id=told["board"], media_source=source, client=client, **words)
    again = Pin(pin.id, client=client)
    board = next(one for one in boards if one.id == told["board"])
    pins, _ = board.list_pins()
    today = datetime.now(UTC).date()
    api = PinsApi(client)
    metrics = api.pins_analytics(
        pin.id,
        start_date=today - timedelta(days=1),
        end_date=today,
        metric_types=["IMPRESSION", "SAVE"],
        app_types="ALL",
    )
    me = UserAccountApi(client).user_account_get()
    seen = {
        "fresh": bool(fresh),
        "boards": [one.name for one in boards],
        "pin": [again.title, again.description, again.alt_text, again.link, again.board_id],
        "listed": [one.id for one in pins] == [pin.id],
        "figures": metrics.to_dict()["all"]["summary_metrics"],
        "me": me.to_dict()["username"],
    }
    api.pins_delete(pin.id)
    after, _ = board.list_pins()
    return {**seen, "left": len(after)}


if __name__ == "__main__":
    json.dump(main(json.load(sys.stdin)), sys.stdout)
