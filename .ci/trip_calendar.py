"""Plans trips over HTTP, exports their calendars, and reads them with the package icalendar."""

import datetime
import http.cookiejar
import json
import sys
import urllib.request
import zoneinfo

import icalendar

BASE = sys.argv[1]
OPENER = urllib.request.build_opener(
    urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
)
# Each over a change of clocks, an end of the world's zones, or an odd offset.
TRIPS = [
    "Lyon Tokyo du 25 mars au 2 avril 2027, 2 adultes",
    "a flight from London to New York on 10 March 2027, back on 20 March, 1 adult",
    "Paris Sydney du 28 mars au 10 avril 2027, 1 adulte",
    "a flight from London to Mumbai on 24 March 2027, back on 4 April, 2 adults",
    "Marseille Casablanca du 1er au 8 mars 2027, 1 adulte",
    "Paris Santiago du Chili du 25 mars au 8 avril 2027, 1 adulte",
]


def fetch(path, body=None):
    headers = {"Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(BASE + path, data=data, headers=headers)
    with OPENER.open(request) as response:
        return response.read()


def say(message, conversation=None):
    body = {"message": message, "conversation_id": conversation}
    return json.loads(fetch("/api/chat", body))


def plan(message):
    conversation = say(message)["conversation_id"]
    english = " from " in message
    say("I choose the first flight" if english else "Je choisis le premier vol", conversation)
    say("and a hotel there?" if english else "et un hôtel sur place ?", conversation)
    trip = json.loads(fetch(f"/api/trips/{conversation}"))
    assert trip["planned"]["flight"], f"no flight for {message}: {trip}"
    return trip


def segments(trip):
    for offer in [trip["planned"]["flight"]["offer"]]:
        for leg in offer["slices"]:
            yield from leg["segments"]


def check_lines(raw):
    assert raw.endswith(b"\r\n")
    for line in raw[:-2].split(b"\r\n"):
        assert len(line) <= 75 and b"\n" not in line and b"\r" not in line, line
        line.decode()


def check_time(name, moment, zones):
    """The rules in the file and Python's own give the same offset."""
    zone = name.params.get("TZID")
    if zone is None:
        return 0
    naive = moment.replace(tzinfo=None)
    written = zones[zone].to_tz()
    here = naive.replace(tzinfo=written).utcoffset()
    there = naive.replace(tzinfo=zoneinfo.ZoneInfo(zone)).utcoffset()
    assert here == there, f"{zone} at {naive}: {here}, not {there}"
    return 1


def check(trip):
    path = f"/trips/{trip['conversation_id']}.ics"
    raw = fetch(path)
    assert raw == fetch(path), "the same trip gives another file"
    check_lines(raw)
    calendar = icalendar.Calendar.from_ical(raw)
    assert not calendar.errors, calendar.errors
    zones = {str(zone["TZID"]): zone for zone in calendar.walk("VTIMEZONE")}
    events = calendar.walk("VEVENT")
    uids = {str(event["UID"]) for event in events}
    assert len(uids) == len(events), "two events share a UID"
    moments, times = set(), 0
    for event in events:
        assert not event.errors, event.errors
        begin, end = event["DTSTART"], event["DTEND"]
        assert event["DTSTAMP"].dt.utcoffset() == datetime.timedelta(0)
        assert begin.dt < end.dt, event["SUMMARY"]
        if not isinstance(begin.dt, datetime.datetime):
            continue
        for name in (begin, end):
            times += check_time(name, name.dt, zones)
            real = name.dt.replace(tzinfo=zoneinfo.ZoneInfo(name.params["TZID"]))
            moments.add(real.astimezone(datetime.timezone.utc))
    flown = list(segments(trip))
    for segment in flown:
        for end in ("departing_at", "arriving_at"):
            moment = datetime.datetime.fromisoformat(segment[end])
            assert moment in moments, f"{end} of {segment} is not in the calendar"
    nights = [event for event in events if not isinstance(event["DTSTART"].dt, datetime.datetime)]
    for stay in trip["planned"]["stays"]:
        days = (stay["check_in"], stay["check_out"])
        found = [(str(n["DTSTART"].dt), str(n["DTEND"].dt)) for n in nights]
        assert days in found, f"{days} is not among {found}"
    return len(flown), len(trip["planned"]["stays"]), times


def main():
    totals = [0, 0, 0]
    for message in TRIPS:
        totals = [a + b for a, b in zip(totals, check(plan(message)))]
    flights, stays, times = totals
    assert flights >= 2 * len(TRIPS) and stays > 0, totals
    print(f"calendar: {len(TRIPS)} trips, {flights} flights, {stays} stays, {times} times agree")


main()
