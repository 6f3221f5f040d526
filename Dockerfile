# Sekisho in a container. Source runs as it stands, so nothing is built: install, copy, start. One start is made while the
# image is: what Node strips and compiles then is read from the image at every later one.
# Works with a read-only root file system; what must last lies in the one volume, key directory included.
FROM node:26-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# Without development dependencies; among them is the package `node`, which the image itself replaces.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:26-slim
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json ./
COPY bin ./bin
COPY config ./config
COPY views ./views
COPY src ./src

# For the user who will run it, since Node keeps one cache for each.
RUN bin/fill-cache.sh node

# Owned by the user `node` of the base image, so that a fresh volume is writable without root.
RUN install --directory --owner=node --group=node --mode=0700 /var/lib/sekisho
VOLUME /var/lib/sekisho

# Reachable from outside the container; everything else comes from the configuration file.
ENV NODE_ENV=production \
    SEKISHO__SERVER__LISTEN__HOST=0.0.0.0 \
    SEKISHO__SERVER__LISTEN__PORT=3000 \
    SEKISHO__STORE__URL=sqlite:/var/lib/sekisho/sekisho.db \
    SEKISHO__KEYS__DIRECTORY=/var/lib/sekisho/keys

# The user `node`, by number: an orchestrator that must see "not root" cannot look up a name.
USER 1000:1000
EXPOSE 3000

# /livez answers any Host, so the check needs to know nothing of the issuer.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.SEKISHO__SERVER__LISTEN__PORT}/livez`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]

# With the flags of `npm start`, which stand in its first line.
ENTRYPOINT ["/app/bin/sekisho.js", "start"]
CMD ["--config", "/etc/sekisho/sekisho.yaml"]
