/** Starts Holdfast inside an application: premain and agentmain, and the options they take. */
package dev.holdfast.agent;
