FROM python:3.11-slim
RUN useradd --create-home --uid 10001 catalog
WORKDIR /srv/catalog
COPY pyproject.toml constraints.txt README.md ./
COPY catalog catalog
COPY migrations migrations
COPY seed seed
RUN pip install --no-cache-dir -c constraints.txt -e '.[telemetry]' && mkdir -p var/index && chown -R catalog var
USER catalog
EXPOSE 8000
CMD ["catalog", "serve", "--no-worker"]
