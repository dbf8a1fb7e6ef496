//! Addresses as proxies write them, and what counts as one caller.

use std::net::{IpAddr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net};

/// Bits of an IPv6 address that say whose it is: what is left of them belongs to one household or
/// machine, which picks a new one as often as it likes (RFC 6177).
const NETWORK: u128 = u128::MAX << 64;

/// What a limit counts as one caller: an IPv4 address, or the /64 of an IPv6 one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AddressKey(IpAddr);

impl From<IpAddr> for AddressKey {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & NETWORK).into(),
            v4 => v4,
        })
    }
}

/// A network as its addresses are compared: one of IPv4 addresses mapped into IPv6 is one of IPv4.
#[must_use]
pub fn canonical(net: IpNet) -> IpNet {
    let mapped = |net: ipnet::Ipv6Net| {
        let bits = net.prefix_len().checked_sub(96)?;
        Ipv4Net::new(net.addr().to_ipv4_mapped()?, bits).ok()
    };
    match net {
        IpNet::V6(v6) => mapped(v6).map_or(net, IpNet::V4),
        IpNet::V4(_) => net,
    }
}

/// Reads a node of a forwarding header: an address, in brackets or not, with a port or without.
/// `None` for names, `unknown`, obfuscated ids and whatever else is no address.
#[must_use]
pub fn node(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let address = match text.strip_prefix('[') {
        Some(rest) => {
            let (address, port) = rest.split_once(']')?;
            is_port(port).then_some(())?;
            IpAddr::V6(address.parse().ok()?)
        }
        None => text.parse().ok().or_else(|| {
            let (address, _) = text
                .split_once(':')
                .filter(|(v4, _)| is_port(&text[v4.len()..]))?;
            Some(IpAddr::V4(address.parse().ok()?))
        })?,
    };
    Some(address.to_canonical())
}

/// Nothing, or a colon and a port: a number, or as RFC 7239 hides one (`_x`).
fn is_port(text: &str) -> bool {
    let Some(port) = text.strip_prefix(':') else {
        return text.is_empty();
    };
    let is_hidden = |name: &str| {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        !name.is_empty() && name.bytes().all(allowed)
    };
    match port.strip_prefix('_') {
        Some(name) => is_hidden(name),
        None => port.parse::<u16>().is_ok() && !port.starts_with('+'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_is_an_address_with_or_without_brackets_and_port() {
        for (text, address) in [
            ("8.8.8.8", "8.8.8.8"),
            (" 8.8.8.8 ", "8.8.8.8"),
            ("8.8.8.8:4321", "8.8.8.8"),
            ("8.8.8.8:_port", "8.8.8.8"),
            ("2001:db8::1", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("[2001:db8::1]:443", "2001:db8::1"),
            ("[2001:db8::1]:_x.y-z", "2001:db8::1"),
            ("::ffff:8.8.8.8", "8.8.8.8"),
            ("[::ffff:8.8.8.8]:80", "8.8.8.8"),
        ] {
            assert_eq!(node(text), Some(address.parse().unwrap()), "{text}");
        }
        for text in [
            "",
            "unknown",
            "_hidden",
            "localhost",
            "8.8.8",
            "8.8.8.8:",
            "8.8.8.8:x",
            "8.8.8.8:+1",
            "8.8.8.8:70000",
            "8.8.8.8:_",
            "8.8.8.8:1:2",
            "008.8.8.8",
            "[8.8.8.8]",
            "[2001:db8::1",
            "[2001:db8::1]443",
            "2001:db8::1]",
            "[]",
            "fe80::1%eth0",
            "unix:",
            "8.8.8.8 9.9.9.9",
            "\"8.8.8.8\"",
            "8.8.8.8;",
            "-",
        ] {
            assert_eq!(node(text), None, "{text}");
        }
    }

    #[test]
    fn a_mapped_network_is_one_of_ipv4() {
        for (text, net) in [
            ("::ffff:10.0.0.0/104", "10.0.0.0/8"),
            ("::ffff:10.0.0.1/128", "10.0.0.1/32"),
            ("10.0.0.0/8", "10.0.0.0/8"),
            ("2001:db8::/32", "2001:db8::/32"),
            ("::/0", "::/0"),
        ] {
            assert_eq!(
                canonical(text.parse().unwrap()),
                net.parse().unwrap(),
                "{text}"
            );
        }
    }

    #[test]
    fn a_network_of_ipv6_is_one_caller_and_mapped_ipv4_is_ipv4() {
        let key = |text: &str| AddressKey::from(text.parse::<IpAddr>().unwrap());
        assert_eq!(
            key("2001:db8:1:2::1"),
            key("2001:db8:1:2:ffff:ffff:ffff:ffff")
        );
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("::ffff:8.8.8.8"), key("8.8.8.8"));
        assert_ne!(key("8.8.8.8"), key("8.8.8.9"));
    }
}
