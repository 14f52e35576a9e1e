# Either service: docker build --build-arg MODULE=ingest-api . (or session-processor)
# The commands, such as token and audit: docker build --build-arg MODULE=standalone .
FROM maven:3.9-eclipse-temurin-25 AS build
ARG MODULE
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/m2 mvn -B -q -Dmaven.repo.local=/m2 -pl "$MODULE" -am -Dmaven.test.skip=true \
    -Dspotless.check.skip=true -Dunchecked -Dcyclonedx.skip=true package

FROM eclipse-temurin:25-jre
ARG MODULE
RUN useradd --system --uid 10001 --user-group --no-create-home sluice
WORKDIR /app
COPY --from=build /src/$MODULE/target/lib lib
COPY --from=build /src/$MODULE/target/$MODULE.jar app.jar
# A cache of loaded and linked classes, made by the JVM that will use it: it halves the time until the service is ready. Without one it starts too.
RUN --mount=type=bind,from=build,source=/src/deploy,target=/deploy \
    test "$MODULE" = standalone || \
    /deploy/make-cache app.jar java --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow || \
    echo "No class cache could be made: this image starts more slowly" >&2
USER 10001:10001
ENV SLUICE_HTTP_HOST=0.0.0.0 SLUICE_HTTP_PORT=8080 SLUICE_LOG_FORMAT=json
EXPOSE 8080
# With another garbage collector than the cache's, the JVM would write errors between the log's lines, and go on without it.
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:AOTCache=app.aot", \
    "-Xlog:aot*=off", "-Xlog:cds*=off", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-jar", "app.jar"]
