"""Prints how many calls of a number were inbound and outbound, and how they ended.

    CALLS_KEY=ps_sandbox_evo python3 report.py http://127.0.0.1:4010
"""

import argparse
import collections
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request


def get_calls(base_url, api_key, page_size):
    """Yields every call, newest first. A page that isn't full is the last one."""
    query = {"limit": page_size}
    while True:
        url = f"{base_url}/v1/calls?{urllib.parse.urlencode(query)}"
        request = urllib.request.Request(url, headers={"x-api-key": api_key})
        with urllib.request.urlopen(request, timeout=20) as response:
            calls = json.load(response)["calls"]
        yield from calls
        if len(calls) < page_size:
            return
        query["before"] = calls[-1]["createdAt"]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("base_url", help="where the API is, without /v1")
    arguments.add_argument("--page-size", type=int, default=100, help="calls per request, 1 to 100")
    options = arguments.parse_args()
    try:
        calls = get_calls(options.base_url, os.environ.get("CALLS_KEY", ""), options.page_size)
        counts = collections.Counter((call["direction"], call["status"]) for call in calls)
    except urllib.error.HTTPError as refused:
        refusal = json.load(refused)
        sys.exit(f"{refused.code} {refusal['code']}: {refusal['error']}")
    for (direction, status), count in sorted(counts.items()):
        print(f"{direction:8} {status:9} {count:5}")
    print(f"{counts.total()} calls")


if __name__ == "__main__":
    main()
