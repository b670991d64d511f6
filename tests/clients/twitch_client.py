"""Listens to a Twitch with twitchAPI until the broadcast ends, answers the first comment, and prints what it heard as JSON lines.

Arguments: the settings of the practice Twitch, as JSON; seconds for which it sends something each half second.
"""

import asyncio
import json
import sys
import threading

from twitchAPI.eventsub.websocket import EventSubWebsocket
from twitchAPI.helper import first
from twitchAPI.twitch import Twitch
from twitchAPI.type import AuthScope

SETTINGS, SPEAKS_S = json.loads(sys.argv[1]), float(sys.argv[2])


def tell(**what: object) -> None:
    print(json.dumps(what, ensure_ascii=False), flush=True)


async def main() -> None:
    over = threading.Event()  # what it hears comes in a thread of its own
    twitch = await Twitch(
        SETTINGS["client_id"],
        SETTINGS["client_secret"],
        authenticate_app=False,
        base_url=SETTINGS["api_url"] + "/",
        auth_base_url=SETTINGS["auth_url"] + "/",
    )

    async def renewed(token: str, refresh_token: str) -> None:
        tell(renewed=token != SETTINGS["access_token"])

    twitch.user_auth_refresh_callback = renewed
    scopes = [AuthScope.USER_READ_CHAT, AuthScope.USER_WRITE_CHAT]
    await twitch.set_user_authentication(SETTINGS["access_token"], scopes, SETTINGS["refresh_token"])
    channel, me = await first(twitch.get_users(logins=[SETTINGS["channel"]])), await first(twitch.get_users())

    async def heard(event: object) -> None:
        said = event.event
        parent = said.reply.parent_message_id if said.reply else None
        tell(id=said.message_id, user=said.chatter_user_id, name=said.chatter_user_name, text=said.message.text, parent=parent)

    async def ended(event: object) -> None:
        tell(offline=event.event.broadcaster_user_id)
        over.set()

    async def began(event: object) -> None:
        tell(online=event.event.id, kind=event.event.type)

    async def deleted(event: object) -> None:
        tell(deleted=event.event.message_id)

    events = EventSubWebsocket(twitch, connection_url=SETTINGS["eventsub_url"], subscription_url=SETTINGS["api_url"])
    events.start()
    await events.listen_stream_online(channel.id, began)
    await events.listen_stream_offline(channel.id, ended)
    await events.listen_channel_chat_message_delete(channel.id, me.id, deleted)
    await events.listen_channel_chat_message(channel.id, me.id, heard)
    await asyncio.sleep(1)  # until there is a comment to answer
    for number in range(1 + int(SPEAKS_S * 2)):
        to = None if number else "m0"
        answer = await twitch.send_chat_message(channel.id, me.id, f"第{number}句", reply_parent_message_id=to)
        tell(sent=answer.is_sent, message=answer.message_id, reason=answer.drop_reason and answer.drop_reason.code)
        await asyncio.sleep(0.5)
    while not over.is_set():
        await asyncio.sleep(0.05)
    await events.stop()
    await twitch.close()


asyncio.run(main())
