/** The command line of the agent jar. Never loaded inside an application. */
package dev.holdfast.agent.cli;
