# Two stages: the first builds the page and chooses the packages the program runs on, the second holds
# nothing else. Runs as nobody; the file system may be read-only, only /data and /tmp are written.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit
COPY scripts ./scripts
COPY src ./src
COPY web ./web
RUN node scripts/prepare.ts && test -f dist/web/index.html
RUN npm prune --omit=dev --omit=optional --ignore-scripts --no-audit

FROM node:24.21.0-bookworm-slim
LABEL org.opencontainers.image.title="Rapport" org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production RAPPORT_DATA=/data
WORKDIR /app
COPY package.json LICENSE ./
COPY migrations ./migrations
COPY prompts ./prompts
COPY samples ./samples
COPY scripts/healthy.mjs ./scripts/
COPY src ./src
COPY --from=build /app/dist ./dist
COPY --from=build /app/node_modules ./node_modules
RUN mkdir /data && chown 65534:65534 /data && chmod 700 /data
USER 65534:65534
VOLUME /data
EXPOSE 7117
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 CMD ["node", "scripts/healthy.mjs"]
ENTRYPOINT ["node", "src/cli.ts"]
CMD ["start"]
