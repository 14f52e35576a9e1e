@NullMarked
package dev.sluice.http.kafka;

import org.jspecify.annotations.NullMarked;
