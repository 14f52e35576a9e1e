package dev.sluice.processor.read.session;

import java.util.Optional;

/**
 * Between which ids all sessions are that came in some time.
 *
 * @param from none has a smaller id
 * @param before none has this id or a larger one
 */
record CreatedIds(Optional<Long> from, Optional<Long> before) {}
