# Build: a virtual environment from the hash-locked requirements.
FROM python:3.11-slim AS build
# requirements-postgres.txt: the driver for a PostgreSQL server as well.
ARG REQUIREMENTS=requirements.txt
WORKDIR /srv/parallax
RUN python -m venv /venv
COPY ${REQUIREMENTS} ./
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r ${REQUIREMENTS}
COPY pyproject.toml setup.py MANIFEST.in README.md LICENSE ./
COPY migrations ./migrations
COPY static ./static
COPY templates ./templates
COPY app ./app
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation .

# Run: no compiler, no package cache, no root, and nothing written but below /data (deploy/compose.yaml: a root that is read only).
FROM python:3.11-slim
RUN groupadd --system --gid 10001 parallax \
    && useradd --system --uid 10001 --gid 10001 --home-dir /data --create-home parallax
WORKDIR /srv/parallax
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PARALLAX_DATABASE=/data/parallax.sqlite3 \
    PARALLAX_LOG_FORMAT=json
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/readyz', headers={'Host': 'localhost'}), timeout=4)"]
# Readable from outside the container, written by reviewers only: `docker exec CONTAINER parallax reviewer add NAME --role admin`
# prints a token. Behind another name than localhost, name it in PARALLAX_ALLOWED_HOSTS.
CMD ["sh", "-c", "parallax db upgrade && parallax example --if-empty && exec parallax serve --host 0.0.0.0 --port 8000"]
