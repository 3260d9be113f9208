# The bot and nothing else: production dependencies, no shell script, no build step. Its steps are tried without an
# engine by `npm run verify -- image`, which reads this file.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3978 STORE=file:/data
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json ./
COPY bot ./bot
COPY cards ./cards
COPY dialogs ./dialogs
COPY services ./services
COPY scripts/audit.ts scripts/audit-arguments.ts scripts/check-config.ts scripts/healthy.mjs scripts/migrate.ts scripts/store.ts ./scripts/
# The store is on a volume that belongs to the account the bot runs as.
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=6s --start-period=30s --retries=3 CMD ["node", "scripts/healthy.mjs"]
CMD ["node", "bot/main.ts"]
