package dev.sluice.http.quota;

import java.time.Duration;

/** Why something was refused: which quota is used up, and when there will be room, if nobody else takes it first. */
public record Shortage(Quota quota, Duration availableIn) {}
