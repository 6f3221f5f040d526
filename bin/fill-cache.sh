#!/bin/sh
# Fills the compile cache for the user who is going to run the server (docs/decisions/0019-compile-cache.md), as root:
#   bin/fill-cache.sh USER
# By one start on a store that is thrown away. Afterwards root alone may write there, and the server only reads.
set -eu
user=$1
cd "$(dirname "$0")/.."
cache=node_modules/.cache/sekisho
once=$(mktemp -d)
trap 'rm -r "$once"' EXIT
chown "$user" "$once"

# Nothing that lies there already is taken over: it may have been planted, and its owner could not write beside it.
rm -rf "$cache"
install -d -o "$user" "$cache"
# Ten seconds, where a start takes one or two. What is not reached is compiled at each start, and no harm is done.
SEKISHO__STORE__URL=sqlite:$once/sekisho.db SEKISHO__KEYS__DIRECTORY=$once/keys \
  SEKISHO__SERVER__LISTEN__HOST=127.0.0.1 SEKISHO__SERVER__LISTEN__PORT=0 \
  setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups \
  timeout --preserve-status 10 bin/sekisho.js start --config config/example.yaml >/dev/null
chown -R root:root "$cache"
chmod -R u=rwX,go=rX "$cache"
