#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Sends a report to intake, then prints what intake decides, in the clear view: no family data.

  protoc -I. --python_out=DIR proto/common/v1/*.proto proto/intake/v1/*.proto
  PYTHONPATH=DIR docs/examples/follow_intake.py CONFIG "What is happening" fresh_injury=yes ...

CONFIG is a client's config.toml; its principal needs the role desk_worker and a [[grant]] of intake
(docs/formats/follow.md). Ends when intake has graded the report that was sent.
"""
import os
import sys
import time
import tomllib

import zmq
from proto.common.v1 import entry_pb2, envelope_pb2, follow_pb2
from proto.intake.v1 import events_pb2, report_pb2, requests_pb2

WINDOW = 64  # Frames that may be on their way to us.
WAIT_MS = 20_000
KINDS = {events_pb2.Event.DESCRIPTOR.fields_by_name[name].number: name
         for name in ("report_submitted", "report_graded", "owner_changed")}


def connect(principal, server):  # CURVE: proves who we are, and talks to nobody but that server.
    with open(principal["secret"], "rb") as file:
        secret = file.read().strip()
    socket = zmq.Context.instance().socket(zmq.DEALER)
    socket.curve_secretkey, socket.curve_publickey = secret, zmq.curve_public(secret)
    socket.curve_serverkey = server["key"].encode()
    socket.linger, socket.rcvtimeo = 0, WAIT_MS
    socket.connect(server["endpoint"])
    return socket


def send(socket, **kind):  # One frame a message. Its id is a UUIDv7: the time, then chance.
    chance = b"\x70" + os.urandom(1) + b"\x80" + os.urandom(7)
    request_id = (time.time_ns() // 1_000_000).to_bytes(6, "big") + chance
    socket.send(envelope_pb2.Envelope(protocol=1, request_id=request_id, purpose="child_safety",
                                      **kind).SerializeToString())


def submit(socket, happening, answers):  # The smallest form there is (P.02).
    form = requests_pb2.SubmitReport()
    form.private.happening.text = happening
    form.private.child_now.unknown = form.private.reporter.unknown = True
    for indicator, value in answers:
        form.answers.add(indicator=indicator, value="ANSWER_VALUE_" + value.upper())
    send(socket, request=requests_pb2.Request(submit_report=form).SerializeToString())
    reply = envelope_pb2.Answer.FromString(socket.recv()).reply
    if reply.status != envelope_pb2.STATUS_OK:
        sys.exit(f"intake says {envelope_pb2.Status.Name(reply.status)}: "
                 + ", ".join(f"{reason.code} {reason.field}" for reason in reply.reasons))
    return requests_pb2.Response.FromString(reply.response).report_received


def events(socket):  # From the first one on, as they come, without an end: (kind, event).
    session, number = int.from_bytes(os.urandom(7), "big"), 0
    send(socket, follow=follow_pb2.Follow(kinds=KINDS, view=follow_pb2.VIEW_CLEAR, session=session,
                                          until_frame=WINDOW))
    while True:
        answer = envelope_pb2.Answer.FromString(socket.recv())  # A frame, or a beat each second.
        if answer.HasField("follow_refused"):
            sys.exit("intake does not let us follow: " + answer.follow_refused.code)
        if answer.frame.number > number + 1:
            sys.exit("a frame was lost: start again")  # A daemon asks again from what it holds.
        number = max(number, answer.frame.number)
        for item in answer.frame.items:
            for record in entry_pb2.EntryHeader.FromString(item.header).events:
                if kind := KINDS.get(record.kind):
                    yield kind, getattr(events_pb2.Event.FromString(record.payload), kind)
        send(socket, credit=follow_pb2.Credit(session=session, until_frame=number + WINDOW))


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    with open(sys.argv[1], "rb") as file:
        config = tomllib.load(file)
    socket = connect(config, config["server"]["intake"])
    received = submit(socket, sys.argv[2], [word.split("=", 1) for word in sys.argv[3:]])
    print("sent", received.case_number, flush=True)
    for kind, event in events(socket):
        graded = kind == "report_graded"
        colour = report_pb2.Colour.Name(event.grade.colour)[7:].lower() if graded else "-"
        print(kind, colour, event.case_number, flush=True)
        if graded and event.case_number == received.case_number:
            break


if __name__ == "__main__":
    main()
