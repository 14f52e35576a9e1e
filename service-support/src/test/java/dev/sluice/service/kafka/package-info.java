@NullMarked
package dev.sluice.service.kafka;

import org.jspecify.annotations.NullMarked;
