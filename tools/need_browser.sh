#!/bin/sh
# The journeys run in Debian's Chromium. As root it is installed; otherwise the line to run is printed.
set -eu
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ]; then
    apt-get update -q >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium fonts-dejavu-core fonts-noto-core >/dev/null
else
    echo "The tests drive a real browser. Please run: sudo apt-get install chromium fonts-noto-core" >&2
    exit 1
fi
