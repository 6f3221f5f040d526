# Sekisho in a container. Source runs as it stands (Node strips the types), so nothing is built: install, copy, start.
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
COPY config ./config
COPY views ./views
COPY src ./src

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

# The flags of `npm start`: docs/decisions/0009-memory.md.
ENTRYPOINT ["node", "--max-semi-space-size=4", "--heap-growing-percent=25", "src/main.ts", "start"]
CMD ["--config", "/etc/sekisho/sekisho.yaml"]
