"""Google's own client against a practice YouTube: reads with a key, turns pages, speaks and comments with a login; prints what it heard."""

import json
import sys
import time

from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError


def tell(what, value):
    print(json.dumps({what: value}, ensure_ascii=False), flush=True)


def refused(request):
    try:
        request.execute()
    except HttpError as error:
        return [error.resp.status, error.error_details[0]["reason"] if error.error_details else ""]
    return None


settings = json.loads(sys.argv[1])
place = {"static_discovery": True, "client_options": {"api_endpoint": settings["api_url"]}}
reader = build("youtube", "v3", developerKey=settings["api_key"], **place)
(video,) = reader.videos().list(part="snippet,liveStreamingDetails", id=settings["video_id"]).execute()["items"]
chat = video["liveStreamingDetails"]["activeLiveChatId"]
tell("video", video)

texts, pages = [], 0
request = reader.liveChatMessages().list(liveChatId=chat, part="id,snippet,authorDetails", maxResults=200)
tell("too_fast", [request.execute()["pollingIntervalMillis"], refused(request)])
while request is not None and len(texts) < settings["expect"]:
    time.sleep(settings["polling"])
    page = request.execute()
    texts += [
        [item["id"], item["snippet"]["textMessageDetails"]["messageText"], item["authorDetails"]["displayName"]] for item in page["items"]
    ]
    pages += 1
    request = reader.liveChatMessages().list_next(request, page)
tell("heard", [pages, texts])

text = {"liveChatId": chat, "type": "textMessageEvent", "textMessageDetails": {"messageText": "在的"}}
tell("without_login", refused(reader.liveChatMessages().insert(part="snippet", body={"snippet": text})))
login = Credentials(
    None,
    refresh_token=settings["refresh_token"],
    token_uri=settings["token_url"],
    client_id=settings["client_id"],
    client_secret=settings["client_secret"],
)
writer = build("youtube", "v3", credentials=login, **place)
tell("said", writer.liveChatMessages().insert(part="snippet", body={"snippet": text}).execute())
long = text | {"textMessageDetails": {"messageText": "长" * 201}}
tell("too_long", refused(writer.liveChatMessages().insert(part="snippet", body={"snippet": long})))
top = {"snippet": {"textOriginal": "今天的汇总"}}
thread = {"channelId": video["snippet"]["channelId"], "videoId": settings["video_id"], "topLevelComment": top}
tell("commented", writer.commentThreads().insert(part="snippet", body={"snippet": thread}).execute())
