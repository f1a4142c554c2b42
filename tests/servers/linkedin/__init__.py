"""LinkedIn for a test: its rules by hand, from its pages of 2026 (there is no machine-readable description)."""

from tests.servers.linkedin.server import LinkedInServer as LinkedInServer
