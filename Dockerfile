# Two images from one file:
#   docker build --target probe     -t kuager-probe .        the volunteer's program, one bundled file
#   docker build --target collector -t kuager-collector .    the collector with its pages
# Platforms: linux/amd64 and linux/arm64 on Node 24. Node 24 has no official 32-bit ARM build, so for a Raspberry Pi 2
# or 3 on a 32-bit system (linux/arm/v7) add --build-arg NODE_IMAGE=node:22-bookworm-slim (supported until April 2027).
# ARMv6 boards (Pi 1, Zero, Zero W) and MIPS routers cannot run Node: see docs/host-a-probe.md.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN node bin/build.mjs && node bin/bundle.mjs
# What is needed to run and no more; the native database driver stays built for this platform.
RUN npm prune --omit=dev && mkdir -p /probe/node_modules && cp -r dist/bundle/. /probe/ \
  && cp -r node_modules/better-sqlite3 /probe/node_modules/ \
  && rm -rf /probe/node_modules/better-sqlite3/deps /probe/node_modules/better-sqlite3/src /probe/node_modules/better-sqlite3/build/Release/obj*

# Run it with a read-only root and no capabilities:
#   docker run -d --name kuager --restart unless-stopped --read-only --cap-drop ALL --security-opt no-new-privileges \
#     --memory 128m --tmpfs /tmp -v kuager-probe:/data kuager-probe
# (128m is half as much again as a round of 80 sites was seen to take, the process that measures included.)
# Join once before: docker run --rm -it -v kuager-probe:/data kuager-probe join CODE
FROM ${NODE_IMAGE} AS probe
ENV NODE_ENV=production KUAGER_DATA=/data
COPY --from=build /probe /opt/kuager
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
ENTRYPOINT ["node", "--max-semi-space-size=1", "/opt/kuager/kuager-probe.mjs"]
CMD ["run"]

#   docker run -d --name kuager-collector --restart unless-stopped --read-only --cap-drop ALL \
#     --security-opt no-new-privileges -p 127.0.0.1:8080:8080 -v kuager-collector:/data kuager-collector
# Put a TLS-terminating proxy before it that neither logs nor forwards client addresses.
FROM ${NODE_IMAGE} AS collector
ENV NODE_ENV=production
WORKDIR /opt/kuager
COPY --from=build /src/node_modules node_modules
COPY --from=build /src/dist dist
COPY --from=build /src/package.json package.json
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=60s --timeout=5s CMD ["node", "-e", "fetch('http://127.0.0.1:8080/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/bin/kuager.js", "collector"]
CMD ["serve", "--data", "/data", "--host", "0.0.0.0", "--port", "8080"]
