#!/bin/sh
# Fills the compile cache for the user who is going to run the server (docs/decisions/0019-compile-cache.md), as root:
#   bin/fill-cache.sh USER
# By one start on a store that is thrown away. Afterwards root alone may write there, and the server only reads.
set -eu
umask 022
user=$1
uid=$(id -u "$user")
cd -P "$(dirname "$0")/.."
cache=node_modules/.cache/sekisho

refuse() {
  echo "bin/fill-cache.sh: $1" >&2
  exit 1
}
[ "$(id -u)" = 0 ] || refuse 'call it as root: only root can make what nobody else may write'
[ "$uid" != 0 ] || refuse 'name the user who runs the server; that is never root'

# Who can write in one of these, or has put a link in its place, would have root remove and run what they like.
roots_alone() {
  [ -n "$(find "$1" -prune -type d -user root ! -perm /002 \( ! -perm /020 -o -group root \))" ]
}
# In /tmp and its like everybody can write, and nobody can rename what is root's.
sticky() {
  [ -n "$(find "$1" -prune -type d -user root -perm -1000)" ]
}
guard() {
  "$@" || refuse "others than root can write in $2, or it is a link. Who could has had the program in their hands: install it \
anew, in folders of root's with mode 755 (docs/operations.md, \"Install\")"
}
[ -d node_modules ] || refuse 'npm ci comes first'
above=$PWD
while [ "$above" != / ]; do
  above=$(dirname "$above")
  sticky "$above" || guard roots_alone "$above"
done
for folder in "$PWD" "$PWD/bin" "$PWD/src" "$PWD/node_modules"; do guard roots_alone "$folder"; done
mkdir -p node_modules/.cache
guard roots_alone "$PWD/node_modules/.cache"

# What lies there already is not taken over: it may have been planted. From here on there is a whole cache or none.
rm -rf "$cache"
once=$(mktemp -d /tmp/sekisho-once.XXXXXX)
fresh=$(mktemp -d "$cache.XXXXXX")
trap 'rm -rf "$once" "$fresh"' EXIT
trap 'exit 1' HUP INT TERM

# Not USER but a number that nobody has: no process of USER can then reach what is copied below, neither to plant code that
# outlives the attack, nor to have root read a file of its own for them through a link.
stranger=65530
while id "$stranger" >/dev/null 2>&1; do stranger=$((stranger - 1)); done
chown "$stranger" "$once"

# Ten seconds, where a start takes one or two. What is not reached is compiled at each start, and no harm is done. Neither
# root's environment (passwords, tokens) nor root's terminal goes along.
env -i PATH="$PWD/node_modules/.bin:$PATH" NODE_COMPILE_CACHE="$once/cache" \
  SEKISHO__STORE__URL="sqlite:$once/sekisho.db" SEKISHO__KEYS__DIRECTORY="$once/keys" \
  SEKISHO__SERVER__LISTEN__HOST=127.0.0.1 SEKISHO__SERVER__LISTEN__PORT=0 \
  setsid --wait setpriv --reuid="$stranger" --regid="$(id -g "$user")" --clear-groups \
  timeout --preserve-status 10 bin/sekisho.js start --config config/example.yaml \
  </dev/null >"$once/said" 2>&1 ||
  refuse "the start failed, and there is no cache; the server starts without one. It said: $(cat "$once/said")"

# Node ends the name of its folder with the number of the user, and looks into no other.
for made in "$once"/cache/*-"$stranger"; do
  mine=$fresh/$(basename "$made" "-$stranger")-$uid
  mkdir "$mine"
  find "$made" -type f -exec install -m 644 -t "$mine" {} +
done
chmod 755 "$fresh"
mv -T "$fresh" "$cache"
