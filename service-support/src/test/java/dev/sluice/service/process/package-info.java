/** Tests of starting a service as a process. */
@NullMarked
package dev.sluice.service.process;

import org.jspecify.annotations.NullMarked;
