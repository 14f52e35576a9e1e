/** What all subcommands share: how a failure is said, and where the log goes. */
@NullMarked
package dev.sluice.standalone.command;

import org.jspecify.annotations.NullMarked;
