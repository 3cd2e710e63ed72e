# syntax=docker/dockerfile:1

# The first stage has all packages to build with, the second only those needed at run time.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY nest-cli.json tsconfig.json ./
COPY src src
COPY bots bots
# The image has Node already: drop the Node package, which is for machines without one.
RUN node node_modules/@nestjs/cli/bin/nest.js build \
    && npm prune --omit=dev --ignore-scripts \
    && rm -rf node_modules/node-linux-* node_modules/.bin/node

FROM node:24-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends chromium chromium-driver fonts-noto-core fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
RUN install -d -o node -g node -m 700 /data
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data \
    BROWSER_PATH=/usr/bin/chromium \
    DRIVER_PATH=/usr/bin/chromedriver
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--disable-warning=ExperimentalWarning", "--max-semi-space-size=16", "dist/src/main.js"]
