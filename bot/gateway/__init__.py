"""The only thing strangers reach: proves who speaks, stores each message once, delivers the replies."""
