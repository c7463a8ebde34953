# SPDX-License-Identifier: Apache-2.0
# A private PostgreSQL for tests; to be sourced. Needs no cluster of the system,
# and goes on as an unprivileged user where root runs it.

bin=/usr/lib/postgresql/15/bin
cluster=$(mktemp -d /tmp/taster-db-XXXXXX)
export PGHOST=$cluster/run PGUSER=postgres PGDATABASE=taster
unset PGPORT PGOPTIONS PGSERVICE

as_server=()
if [[ $EUID -eq 0 ]]; then
  owner=postgres
  id "$owner" >/dev/null 2>&1 || owner=nobody
  chown "$owner" "$cluster"
  as_server=(setpriv --reuid "$owner" --regid "$(id -g "$owner")"
             --clear-groups)
fi

stop_cluster() {
  "${as_server[@]}" "$bin/pg_ctl" -D "$cluster/data" -m immediate stop \
    >/dev/null 2>&1 || true
  rm -rf "$cluster"
}
trap stop_cluster EXIT

# Everyone may connect as every role: the directory is closed to other users.
start_cluster() {
  chmod 700 "$cluster"
  "${as_server[@]}" mkdir "$cluster/run"
  (cd / && "${as_server[@]}" "$bin/initdb" -D "$cluster/data" -U postgres \
    -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions) \
    >"$cluster/initdb.log" 2>&1 || { cat "$cluster/initdb.log"; return 70; }
  (cd / && "${as_server[@]}" "$bin/pg_ctl" -D "$cluster/data" -w \
    -l "$cluster/run/log" -o "-k $PGHOST -c listen_addresses= -c fsync=off \
    -c max_locks_per_transaction=256" start) >/dev/null
  createdb "$PGDATABASE"
}
